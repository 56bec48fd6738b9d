/** Names that a place of a statement sees, compared without regard to case: its own, then those of the places around it. */
export class NamesInScope {
  private readonly around: NamesInScope | undefined
  private readonly own = new Set<string>()

  constructor(around?: NamesInScope) {
    this.around = around
  }

  add(name: string): void {
    this.own.add(name.toLowerCase())
  }

  has(name: string): boolean {
    const wanted = name.toLowerCase()
    for (let scope: NamesInScope | undefined = this; scope !== undefined; scope = scope.around) {
      if (scope.own.has(wanted)) return true
    }
    return false
  }
}
