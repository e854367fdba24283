import { applyEnvironment, awsEnvironment } from '../../demo/aws-environment.ts'
import type { Product } from '../product.ts'

/** From now on the installation finds what a process with these variables and this home directory would find. */
export const runElsewhere = (product: Product, home: string, variables: Record<string, string | undefined>): void => {
  const before = Object.keys(process.env).filter((name) => name.startsWith('AWS_'))
  applyEnvironment({
    ...Object.fromEntries(before.map((name) => [name, undefined])),
    ...awsEnvironment(undefined, home),
    HOME: home,
    ...variables,
  })
  product.core.broker.own.forget()
  product.core.broker.forgetAll()
  product.core.pool.forgetAll()
}
