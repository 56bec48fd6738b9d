/** The bearer token of an `Authorization` header; anything but exactly `Bearer <token>` carries none. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/.exec(header ?? '')?.[1]
}
