import { join } from 'node:path'
import express, { Router } from 'express'
import { AppError } from '../errors.ts'

/** The web bundle. Hashed assets are kept for good; the page itself is asked for anew each time. */
export const webApp = (directory: string): Router => {
  const router = Router()
  router.use(
    '/assets',
    express.static(join(directory, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }),
  )
  router.use(express.static(directory, { index: false, maxAge: 0 }))
  router.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new AppError('UNKNOWN_ROUTE')
    response.setHeader('cache-control', 'no-cache')
    // Every path of the application is the same page; it reads the address itself.
    response.sendFile('index.html', { root: directory }, (error) => {
      if (error && !response.headersSent)
        next(
          new AppError('NOT_READY', {
            message: 'The web application is not built: start with `npm start`.',
            cause: error,
          }),
        )
    })
  })
  return router
}
