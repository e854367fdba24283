import { Gauge, Registry } from 'prom-client'
import type { Figures } from './figures.ts'

/** What the database knows, in a registry of its own: it is left out whole while nothing is known. */
export const createInstallationMetrics = () => {
  const registry = new Registry()
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const accounts = gauge('dashboard_accounts', 'Connected accounts by status and phase', 'status', 'phase')
  const resources = gauge('dashboard_resources', 'Live resources in the inventory, by service', 'service')
  const scopes = gauge('dashboard_scopes', 'Scopes of the ledger by status', 'status')
  const coverage = gauge('dashboard_coverage_ratio', 'Share of the scopes that are fully known')
  const scopesDue = gauge('dashboard_scopes_due', 'Scopes that wait for a worker')
  const oldestDue = gauge('dashboard_scope_oldest_due_seconds', 'For how long the oldest of them has been due')
  const validationsDue = gauge('dashboard_validations_due', 'Connections that wait for their validation')
  const oldestValidation = gauge('dashboard_validation_oldest_due_seconds', 'For how long the oldest has been due')
  const jobs = gauge('dashboard_jobs', 'Jobs that have not ended, by status', 'status')
  const oldestJob = gauge('dashboard_job_oldest_age_seconds', 'Age of the oldest of them', 'status')
  return {
    registry,
    text: (figures: Figures): Promise<string> => {
      // What is gone must not stay: a status without accounts has no line.
      registry.resetMetrics()
      for (const { status, phase, total } of figures.accounts) accounts.set({ status, phase }, total)
      for (const [service, total] of Object.entries(figures.resourcesByService)) resources.set({ service }, total)
      for (const [status, total] of Object.entries(figures.scopesByStatus)) scopes.set({ status }, total)
      if (figures.coverage === null) coverage.remove()
      else coverage.set(figures.coverage)
      scopesDue.set(figures.scopesDue.total)
      oldestDue.set(figures.scopesDue.oldestSeconds)
      validationsDue.set(figures.validationsDue.total)
      oldestValidation.set(figures.validationsDue.oldestSeconds)
      for (const { status, total, oldestSeconds } of figures.jobs) {
        jobs.set({ status }, total)
        oldestJob.set({ status }, oldestSeconds)
      }
      return registry.metrics()
    },
  }
}
