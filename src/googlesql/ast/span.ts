/** Where a node stands in the source, in UTF-16 units; `end` is exclusive. */
export type Span = { readonly start: number; readonly end: number }

/** The span of a node that was built by hand. */
export const synthetic: Span = { start: -1, end: -1 }
