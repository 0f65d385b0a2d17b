using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using MicroTrader.Simulators.Paper.Http;

namespace MicroTrader.Simulators.Paper;

/// <summary>
/// Carries requests to a paper broker in the same process, without a socket: the same routes, keys, limits and faults as over HTTP. A request
/// whose faults do not wait is answered before the call returns, on the caller's thread; one that waits is answered on the thread that moves
/// the broker's clock.
/// </summary>
/// <remarks>
/// As on a real connection, a client that gives up does not take back a request that has arrived, and a lost connection shows as an
/// <see cref="HttpRequestException"/> or, within a body, as an <see cref="HttpIOException"/>.
/// </remarks>
public sealed class PaperHandler : HttpMessageHandler
{
    private readonly PaperFront _front;

    internal PaperHandler(PaperFront front) => _front = front;

    /// <summary>Whether connections can be made. While false, every request fails before its body is taken, as when the venue's port is closed.</summary>
    public bool IsReachable { get; set; } = true;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsReachable)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "the paper broker cannot be reached");
        }

        var uri = request.RequestUri ?? throw new ArgumentException("The request has no address.", nameof(request));

        // The client's side of the transport: what it throws here (a body that is held back) is the client's own.
        var body = await TakeBody(request.Content, cancellationToken);
        var reply = await _front
            .AnswerAsync(new PaperRequest(
                request.Method.Method,
                Uri.UnescapeDataString(uri.AbsolutePath),
                new QueryCollection(QueryHelpers.ParseQuery(uri.Query)),
                request.Headers.Authorization?.ToString(),
                () => Task.FromResult(body)))
            .WaitAsync(cancellationToken);
        return reply.Answer is { } answer
            ? Response(request, reply, answer)
            : throw new HttpRequestException(
                HttpRequestError.ResponseEnded, "the paper broker cut the connection", new HttpIOException(HttpRequestError.ResponseEnded, "no answer"));
    }

    private static async Task<byte[]> TakeBody(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return [];
        }

        // Copied, not buffered in the content: a content that may be read once must see one reader.
        using var body = new MemoryStream();
        await content.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    private static HttpResponseMessage Response(HttpRequestMessage request, PaperReply reply, PaperAnswer answer)
    {
        var content = new StreamContent(reply.IsCut ? new CutStream(answer.Body, answer.Body.Length / 2) : new MemoryStream(answer.Body, writable: false));
        content.Headers.ContentLength = answer.Body.Length;
        if (answer.ContentType is { } type)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = content, Version = HttpVersion.Version11 };
        foreach (var (name, value) in reply.Headers())
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
