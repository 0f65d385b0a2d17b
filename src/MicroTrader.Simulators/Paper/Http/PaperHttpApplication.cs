using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MicroTrader.Simulators.Http;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>Carries requests from a socket to the venue's front, and its answers back, with the headers that every answer has.</summary>
internal sealed class PaperHttpApplication : LocalApplication
{
    private readonly PaperFront _front;
    private readonly ILogger _logger;

    public PaperHttpApplication(PaperFront front, ILogger logger)
    {
        _front = front;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override async Task ProcessRequestAsync(HttpContext context)
    {
        var incoming = context.Request;
        var reply = await _front.AnswerAsync(new PaperRequest(
            incoming.Method, incoming.Path.Value, incoming.Query, incoming.Headers.Authorization, () => RequestBody.ReadAsync(context)));
        try
        {
            await Write(context, reply);
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            _logger.LogDebug(exception, "Paper broker could not answer {Path}: the client went away", incoming.Path);
            context.Abort();
        }
    }

    private static async Task Write(HttpContext context, PaperReply reply)
    {
        if (reply.Answer is not { } answer)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in reply.Headers())
        {
            response.Headers[name] = value;
        }

        if (reply.IsCut)
        {
            await response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
