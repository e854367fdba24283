import type { AWSAccount, Onboarding } from '@dashboard/contract/accounts.ts'
import type { Organization, OrganizationOnboarding } from '@dashboard/contract/organizations.ts'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAws, type TestAws } from '../testing/aws.ts'
import { accessibilityFaults, openPage, startBrowser, type Watched } from '../testing/browser.ts'
import { createOrganization } from '../testing/organization.ts'
import { adminEmail, adminPassword, type Product, startProduct } from '../testing/product.ts'

const management = '100000000001'
const members = ['200000000001', '200000000002']
const apart = '300000000003'
const region = 'eu-west-1'
const mostTabs = 150

let aws: TestAws
let product: Product
let browser: Browser
let watched: Watched

/** What a screen reader would call the element that has the focus. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return ''
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
    return (
      element.getAttribute('aria-label') ??
      (labels.map((label) => label.textContent).join(' ') || (element.textContent ?? ''))
    ).trim()
  })

/** Presses Tab until the focus is on what is called so. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  const passed: string[] = []
  for (let presses = 0; presses < mostTabs; presses++) {
    await page.keyboard.press('Tab')
    const here = await focusedName(page)
    passed.push(here.slice(0, 40))
    if (name.test(here)) return
  }
  throw new Error(`Tab does not come to ${name}; it passed ${passed.join(' | ')}`)
}

const press = async (page: Page, name: RegExp, key = 'Enter'): Promise<void> => {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

beforeAll(async () => {
  aws = await startAws([management, ...members, apart])
  const identity = await aws.createUser(management, 'dashboard')
  const organization = await createOrganization(aws, management)
  const workloads = await organization.unit('Workloads')
  const production = await organization.unit('Production', workloads)
  const sandbox = await organization.unit('Sandbox')
  for (const [index, accountId] of members.entries())
    await organization.member(accountId, `payments-${index + 1}`, production)
  await organization.member(apart, 'playground', sandbox)
  await aws.client(SQSClient, members[0] ?? '', region).send(new CreateQueueCommand({ QueueName: 'incoming-orders' }))
  product = await startProduct({ endpoint: aws.endpoint, identity, worker: true })
  browser = await startBrowser()
  watched = await openPage(browser, product.url)
  // Any use of a mouse from here on is a fault of this test.
  watched.page.mouse.click = () => Promise.reject(new Error('This journey has no mouse.'))
})

afterAll(async () => {
  await browser?.close()
  await product?.close()
  await aws?.close()
})

describe('From the first sign-in to the resources of an organization, by keyboard alone', () => {
  test('a person signs in and is shown what to do first', async () => {
    const { page } = watched
    await page.goto(product.url)
    await page.getByLabel('Email').waitFor()
    if ((await focusedName(page)) !== 'Email') await tabTo(page, /^Email/)
    await page.keyboard.type(adminEmail)
    await tabTo(page, /^Password/)
    await page.keyboard.type(adminPassword)
    await page.keyboard.press('Enter')
    await heading(page, 'Overview')
    await page.getByRole('heading', { name: 'Connect an AWS account' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('goes to the accounts, chooses the way of an organization, and connects its management account', async () => {
    const { page } = watched
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await heading(page, 'Accounts')
    await page.getByRole('link', { name: 'Connect account' }).waitFor()
    await press(page, /^Connect account$/)
    await heading(page, 'Connect an AWS account')
    await press(page, /^Connect an organization$/)
    await heading(page, 'Connect an organization')
    await page.getByText('Connect the management account first').waitFor()
    await press(page, /^Connect the management account$/)
    await page.getByLabel('Name').waitFor()
    expect(await focusedName(page)).toMatch(/^Name/)
    await page.keyboard.type('management')
    await tabTo(page, /^Account id/)
    await page.keyboard.type(management)
    await press(page, /^us-east-1/, 'Space')
    await press(page, /^Create connection$/)
    await page.getByText('External id:').waitFor()
    const { body } = await product.call<{ items: AWSAccount[] }>('GET', '/aws/accounts')
    const id = body.items[0]?.id ?? ''
    const { body: onboarding } = await product.call<Onboarding>('GET', `/aws/accounts/${id}/onboarding`)
    await aws.putRole(management, onboarding.roleName, onboarding.trustPolicy)
    await press(page, /^The role exists, go on$/)
    await page.getByRole('button', { name: 'Validate now' }).waitFor()
    await press(page, /^Validate now$/)
    await page.getByRole('link', { name: 'Read its organization' }).waitFor()
    await press(page, /^Read its organization$/)
    await heading(page, 'Connect an organization')
  })

  test('reads the organization and chooses a unit in its tree with the arrows and the space bar', async () => {
    const { page } = watched
    await page.getByRole('radio', { name: /management/ }).waitFor()
    await press(page, /^Read its organization$/)
    const tree = page.getByRole('tree')
    await tree.waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await tabTo(page, /^Root/)
    await page.keyboard.press('ArrowDown')
    while (!(await focusedName(page)).startsWith('Workloads')) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    expect(await page.getByRole('treeitem', { name: /payments-1/ }).getAttribute('aria-checked')).toBe('true')
    expect(await page.getByRole('treeitem', { name: /playground/ }).getAttribute('aria-checked')).toBe('false')
    expect(await page.getByRole('treeitem', { name: /^Root/ }).getAttribute('aria-checked')).toBe('mixed')
    // Closed with the left arrow, the unit keeps what is chosen in it; the draft survives a reload.
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('treeitem', { name: /payments-1/ }).waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('button', { name: 'Go on with 2 accounts' }).waitFor()
    await press(page, /^Go on with 2 accounts$/)
  })

  test('connects both accounts; the one without the role says what to do, and works once it is done', async () => {
    const { page } = watched
    await page.getByText('External id of all accounts').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const { body } = await product.call<{ items: Organization[] }>('GET', '/aws/organizations')
    const { body: onboarding } = await product.call<OrganizationOnboarding>(
      'GET',
      `/aws/organizations/${body.items[0]?.id}/onboarding`,
    )
    const [first = '', second = ''] = members
    await aws.putRole(first, onboarding.roleName, onboarding.trustPolicy)
    await press(page, /^us-east-1/, 'Space')
    await press(page, /^New accounts in these units/, 'Space')
    await press(page, /^Connect 2 accounts$/)
    await page.getByText('1 of 2 accounts can be read, 1 failed').waitFor({ timeout: 60_000 })
    const failing = page.getByRole('listitem').filter({ hasText: 'payments-2' })
    await failing.getByText('How to mend it').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await aws.putRole(second, onboarding.roleName, onboarding.trustPolicy)
    await press(page, /^Try again payments-2/)
    await page.getByText('2 of 2 accounts can be read').waitFor({ timeout: 60_000 })
    const { body: after } = await product.call<{ items: Organization[] }>('GET', '/aws/organizations')
    expect(after.items[0]).toMatchObject({ accounts: { connected: 3 }, enrolment: { enabled: true } })
  })

  test('discovers them and opens the first resource', async () => {
    const { page } = watched
    await press(page, /^Discover 2 accounts$/)
    await heading(page, 'Resources')
    await page.getByText('incoming-orders').first().waitFor({ timeout: 60_000 })
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const inspector = page.getByRole('complementary', { name: 'Resource', exact: true })
    await inspector.waitFor()
    expect(new URL(page.url()).searchParams.getAll('account')).toEqual(expect.arrayContaining(members))
    // Escape gives the list back.
    await page.keyboard.press('Escape')
    await inspector.waitFor({ state: 'detached' })
  })

  test('finds on the overview what today brought, and opens it from its bar', async () => {
    const { page } = watched
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await heading(page, 'Overview')
    await page.getByRole('link', { name: /: \d+ created/ }).waitFor()
    // Of thirty bars one is a tab stop: the last day, which is today.
    await press(page, /: \d+ created/)
    await heading(page, 'Resources')
    await page.getByText('incoming-orders').first().waitFor()
    expect(new URL(page.url()).searchParams.get('changedSince')).toMatch(/T00:00:00/)
  })

  test('pauses an account, and takes it back', async () => {
    const { page } = watched
    const statusOf = async () =>
      (await product.call<{ items: AWSAccount[] }>('GET', '/aws/accounts')).body.items.find(
        ({ accountId }) => accountId === members[0],
      )?.phase
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await heading(page, 'Accounts')
    await page.getByRole('link', { name: 'payments-1', exact: true }).waitFor()
    await page.keyboard.press('j')
    while (!(await focusedName(page)).startsWith('payments-1')) await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('1 selected').waitFor()
    await press(page, /^Pause$/)
    await page.getByText('Paused payments-1').waitFor()
    expect(await statusOf()).toBe('PAUSED')
    await press(page, /^Undo$/)
    await expect.poll(statusOf, { timeout: 30_000 }).toBe('CONNECTED')
  })

  test('nothing was asked of any other server, and no error was written to the console', () => {
    expect(watched.faults).toEqual([])
  })
})
