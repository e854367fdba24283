import { oc } from '@orpc/contract'
import { z } from 'zod'

export const health = {
  live: oc
    .route({ method: 'GET', path: '/health/live', tags: ['Health'], summary: 'The process answers' })
    .output(z.object({ status: z.literal('ok') })),
  ready: oc
    .route({
      method: 'GET',
      path: '/health/ready',
      tags: ['Health'],
      summary: 'Database and vault answer; 503 NOT_READY otherwise',
    })
    .output(z.object({ status: z.literal('ok') })),
}
