using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MicroTrader.Host.Tests.Support;

/// <summary>
/// A Bot API server on loopback, as far as the robot uses it (https://core.telegram.org/bots/api): sendMessage, and getUpdates with its offsets. It answers
/// failures that a test asks for, one for each request.
/// </summary>
internal sealed class FakeTelegram : IAsyncDisposable
{
    public const string Token = "123456789:AAplantedTOKENplantedTOKENplanted12";
    public const long Chat = 4242;

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<string> _sent = [];
    private readonly List<(int Id, JsonObject Update)> _updates = [];
    private readonly Queue<(int Status, string Description, int? RetryAfter)> _failures = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _nextUpdate = 100;

    private FakeTelegram(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The texts that the chat got, in order.</summary>
    public IReadOnlyList<string> Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    /// <summary>Requests to send, refused ones included.</summary>
    public int Attempts { get; private set; }

    /// <summary>Questions for updates.</summary>
    public int Polls { get; private set; }

    public Action? OnAttempt { get; set; }

    public static async Task<FakeTelegram> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeTelegram(builder.Build());
        fake._app.Run(fake.AnswerAsync);
        await fake._app.StartAsync();
        return fake;
    }

    public void Fail(int status, string description, int? retryAfter = null)
    {
        lock (_gate)
            _failures.Enqueue((status, description, retryAfter));
    }

    /// <summary>Somebody writes to the bot.</summary>
    public void Write(string text, DateTimeOffset at, long chat = Chat)
    {
        lock (_gate)
        {
            _updates.Add((_nextUpdate, new JsonObject
            {
                ["update_id"] = _nextUpdate,
                ["message"] = new JsonObject
                {
                    ["message_id"] = _nextUpdate,
                    ["date"] = at.ToUnixTimeSeconds(),
                    ["chat"] = new JsonObject { ["id"] = chat, ["type"] = "private" },
                    ["text"] = text,
                },
            }));
            _nextUpdate++;
            _arrived.TrySetResult();
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (!path.StartsWith($"/bot{Token}/", StringComparison.Ordinal))
        {
            await RefuseAsync(context, 401, "Unauthorized", null);
            return;
        }

        using var read = await JsonDocument.ParseAsync(context.Request.Body);
        var body = read.RootElement;
        if (path.EndsWith("/getUpdates", StringComparison.OrdinalIgnoreCase))
            await UpdatesAsync(context, body);
        else
            await SendAsync(context, body);
    }

    private async Task SendAsync(HttpContext context, JsonElement body)
    {
        OnAttempt?.Invoke();
        (int Status, string Description, int? RetryAfter)? failure;
        lock (_gate)
        {
            Attempts++;
            failure = _failures.TryDequeue(out var next) ? next : null;
            if (failure is null)
                _sent.Add($"{body.GetProperty("chat_id")}: {body.GetProperty("text").GetString()}");
        }

        if (failure is { } f)
            await RefuseAsync(context, f.Status, f.Description, f.RetryAfter);
        else
            await GiveAsync(context, new JsonObject { ["message_id"] = 1, ["date"] = 1, ["chat"] = new JsonObject { ["id"] = Chat, ["type"] = "private" } });
    }

    private async Task UpdatesAsync(HttpContext context, JsonElement body)
    {
        var offset = body.TryGetProperty("offset", out var o) ? o.GetInt32() : 0;
        var timeout = body.TryGetProperty("timeout", out var t) ? t.GetInt32() : 0;
        Task arrived;
        lock (_gate)
        {
            Polls++;
            // A negative offset asks for so many of the newest, and forgets the others; any other confirms what was before it.
            if (offset < 0 && _updates.Count > -offset)
                _updates.RemoveRange(0, _updates.Count + offset);
            else if (offset > 0)
                _updates.RemoveAll(u => u.Id < offset);
            if (_updates.Count == 0 && _arrived.Task.IsCompleted)
                _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            arrived = _updates.Count > 0 || timeout == 0 ? Task.CompletedTask : _arrived.Task;
        }

        await Task.WhenAny(arrived, Task.Delay(TimeSpan.FromSeconds(timeout), context.RequestAborted));
        JsonArray given;
        lock (_gate)
            given = [.. _updates.Select(u => (JsonNode)u.Update.DeepClone())];
        await GiveAsync(context, given);
    }

    private static Task GiveAsync(HttpContext context, JsonNode result) => WriteAsync(context, 200, new JsonObject { ["ok"] = true, ["result"] = result });

    private static Task RefuseAsync(HttpContext context, int status, string description, int? retryAfter)
    {
        var answer = new JsonObject { ["ok"] = false, ["error_code"] = status, ["description"] = description };
        if (retryAfter is { } seconds)
            answer["parameters"] = new JsonObject { ["retry_after"] = seconds };
        return WriteAsync(context, status, answer);
    }

    private static Task WriteAsync(HttpContext context, int status, JsonObject answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString());
    }
}
