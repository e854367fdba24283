import type { Page } from 'playwright-core'
import { adminEmail, adminPassword } from '../../testing/product.ts'

/** Signs the first administrator in, at whatever page the window is, and waits for the application. */
export const signInAsAdmin = async (page: Page): Promise<void> => {
  await page.getByLabel('Email').fill(adminEmail)
  await page.getByLabel('Password', { exact: true }).fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
}
