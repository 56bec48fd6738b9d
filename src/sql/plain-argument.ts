import type { Argument } from '../googlesql/ast/call.ts'
import type { Expression } from '../googlesql/ast/expression.ts'

/** An argument that is an expression and nothing around one; undefined for any other. */
export function plainArgument(argument: Argument): Expression | undefined {
  switch (argument.kind) {
    case 'StarArgument':
    case 'NamedArgument':
    case 'AliasedArgument':
    case 'Lambda':
    case 'TableArgument':
    case 'ModelArgument':
    case 'ConnectionArgument':
    case 'DescriptorArgument':
    case 'TableCallArgument':
    case 'InputTableArgument':
    case 'ReplacedField':
      return undefined
    default:
      return argument
  }
}
