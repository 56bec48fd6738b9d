import { setFlagsFromString } from 'node:v8'

/** By how much of what is in use the heap may grow before it is cleared; by itself V8 lets it grow to several times that. */
const growingPercent = 70

/** Keeps the memory of a process that reads large results about as it is: pages come and go, and little of them stays. */
export function boundHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`)
}
