import { expect, test } from 'vitest'
import { access } from './access.ts'

const table = Object.entries(access).flatMap(([area, operations]) =>
  Object.entries(operations).map(([operation, who]) => ({ id: `${area}.${operation}`, who })),
)
const openTo = (role: string): string[] =>
  table.filter(({ who }) => who === 'signed-in' || (Array.isArray(who) && who.includes(role))).map(({ id }) => id)

test('only sign-in and health are open to everybody', () => {
  expect(table.filter(({ who }) => who === 'public').map(({ id }) => id)).toEqual([
    'auth.login',
    'auth.refresh',
    'auth.logout',
    'health.live',
    'health.ready',
  ])
})

test('viewers and auditors change nothing but their own saved views', () => {
  const changing = /\.(?:add|create|update|delete|cancel|discover|validate|assumeRole|test)$/
  for (const role of ['viewer', 'auditor'])
    expect(
      openTo(role).filter((id) => changing.test(id) && !id.startsWith('views.')),
      role,
    ).toEqual([])
})

test('only administrators touch connections and credentials, and they may do everything', () => {
  const admins = [
    'accounts.add',
    'accounts.update',
    'accounts.delete',
    'credentials.create',
    'credentials.update',
    'credentials.delete',
  ]
  expect(openTo('operator').filter((id) => admins.includes(id))).toEqual([])
  expect(openTo('admin')).toEqual(table.filter(({ who }) => who !== 'public').map(({ id }) => id))
})
