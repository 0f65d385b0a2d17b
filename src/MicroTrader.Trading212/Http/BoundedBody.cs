namespace MicroTrader.Trading212;

/// <summary>Reads an answer's body whole, up to a limit: a venue that has gone wrong must not fill the memory.</summary>
internal static class BoundedBody
{
    private const int ChunkBytes = 16 * 1024;

    /// <exception cref="InvalidDataException">The body is longer than the limit, or cannot be unpacked.</exception>
    /// <exception cref="HttpRequestException">The connection was lost.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    internal static async Task<byte[]> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        using MemoryStream whole = new();
        byte[] chunk = new byte[ChunkBytes];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (whole.Length + read > maxBytes)
                throw new InvalidDataException($"The answer is longer than {maxBytes} bytes.");
            whole.Write(chunk, 0, read);
        }

        return whole.ToArray();
    }
}
