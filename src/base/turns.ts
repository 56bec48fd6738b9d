/** One piece of work at a time for each name. Whoever comes meanwhile waits, and then finds what the one before has done. */
export type Turns = <T>(name: string, work: () => Promise<T>) => Promise<T>

export function openTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (name, work) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(work, work)
    last.set(name, turn)
    const leave = () => last.get(name) === turn && last.delete(name)
    turn.then(leave, leave)
    return turn
  }
}
