/** What verification may find, and what each means. */
export const findingKinds = {
  changed: 'An event is not what it was when the next one, or a checkpoint, was written.',
  back_dated: 'An event was changed, and its time does not fit between its neighbours.',
  missing: 'Events are not there.',
  duplicated: 'There is more than one event with this number.',
  out_of_order: 'An event stands before one that was written earlier.',
  rewritten: 'The chain is whole, but is not the one that was signed.',
  row_changed: 'A row beside an event is not what it was.',
  row_missing: 'A row beside an event is not there.',
  row_added: 'A row stands beside events, and none of them knows it.',
  checkpoint_forged: 'The signature of a checkpoint does not hold.',
  checkpoint_key_unknown: 'A checkpoint was signed with a key that was not given.',
  checkpoint_missing: 'A checkpoint is not there, though the next one, or an anchor, tells of it.',
} as const
export type FindingKind = keyof typeof findingKinds

export type Finding = {
  readonly kind: FindingKind
  readonly writer: string
  /** The event, or the first and the last of several, by their numbers in the writer's chain. */
  readonly seq?: number
  readonly toSeq?: number
  readonly line?: number
  readonly eventId?: string
  readonly detail: string
}
