// The language's library has these under `DOM` only; opa-wasm and this folder use no more than this.
declare type BufferSource = ArrayBufferView | ArrayBuffer

declare namespace WebAssembly {
  interface MemoryDescriptor {
    initial: number
    maximum?: number
    shared?: boolean
  }

  interface ModuleImportDescriptor {
    readonly module: string
    readonly name: string
    readonly kind: string
  }

  class Module {
    constructor(bytes: BufferSource)
    static imports(module: Module): ModuleImportDescriptor[]
  }

  class Instance {
    constructor(module: Module, importObject?: object)
    readonly exports: Record<string, unknown>
  }

  class Memory {
    constructor(descriptor: MemoryDescriptor)
    readonly buffer: ArrayBuffer
    grow(delta: number): number
  }

  interface WebAssemblyInstantiatedSource {
    readonly module: Module
    readonly instance: Instance
  }

  function compile(bytes: BufferSource): Promise<Module>
}
