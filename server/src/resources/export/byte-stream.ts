/**
 * Text as a stream of bytes. The first piece is read before it answers, so that what fails there is an error of the
 * caller and not a file that breaks off. Whoever cancels the stream ends the source.
 */
export const byteStream = async (source: AsyncGenerator<string>): Promise<ReadableStream<Uint8Array>> => {
  const encoder = new TextEncoder()
  let next: Promise<IteratorResult<string>> | undefined = Promise.resolve(await source.next())
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await (next ?? source.next())
        next = undefined
        if (done === true) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      cancel: async () => {
        await source.return(undefined)
      },
    },
    // Nothing is read ahead of a slow reader.
    { highWaterMark: 0 },
  )
}
