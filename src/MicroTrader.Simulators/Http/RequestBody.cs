using Microsoft.AspNetCore.Http;

namespace MicroTrader.Simulators.Http;

/// <summary>Reads a request's body whole, chunked or not.</summary>
internal static class RequestBody
{
    private const int MaxBytes = 64 * 1024;

    /// <exception cref="BadHttpRequestException">It is longer than 64 KB, or not HTTP.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[4096];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
            {
                throw new BadHttpRequestException("The body is too long.", StatusCodes.Status413PayloadTooLarge);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
