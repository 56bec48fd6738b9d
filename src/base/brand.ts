declare const brand: unique symbol

/** `T` with a mark that only the module which mints it can put on: proof that a step was taken. */
export type Brand<T, Name extends string> = T & { readonly [brand]: { readonly [K in Name]: true } }
