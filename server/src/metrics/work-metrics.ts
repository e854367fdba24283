import { Counter, Histogram, type Registry } from 'prom-client'
import type { Meter } from './meter.ts'

/** What the work of discovery costs and brings: its own, or that of the workers this process has started. */
export const createWorkMetrics = (registry: Registry): Meter => {
  const registers = [registry]
  const scans = new Histogram({
    name: 'dashboard_scope_scan_duration_seconds',
    help: 'Time to scan one scope, by outcome',
    labelNames: ['status'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  })
  const changes = new Counter({
    name: 'dashboard_resource_changes_total',
    help: 'Resources that scans found created, changed or deleted',
    labelNames: ['kind'],
    registers,
  })
  const calls = new Counter({
    name: 'dashboard_aws_calls_total',
    help: 'AWS calls by service and outcome',
    labelNames: ['service', 'outcome'],
    registers,
  })
  const callSeconds = new Histogram({
    name: 'dashboard_aws_call_duration_seconds',
    help: 'Time of one AWS call, by service',
    labelNames: ['service'],
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const validations = new Histogram({
    name: 'dashboard_validation_duration_seconds',
    help: 'Time to validate a connection, by what was found',
    labelNames: ['access', 'by'],
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  })
  return {
    scanned: ({ status, seconds, created, changed, deleted }) => {
      scans.observe({ status }, seconds)
      changes.inc({ kind: 'CREATED' }, created)
      changes.inc({ kind: 'CHANGED' }, changed)
      changes.inc({ kind: 'DELETED' }, deleted)
    },
    called: ({ service, outcome, seconds }) => {
      calls.inc({ service, outcome })
      callSeconds.observe({ service }, seconds)
    },
    validated: ({ access, by, seconds }) => validations.observe({ access, by }, seconds),
  }
}
