using System.Net;
using System.Text.Json;

namespace MicroTrader.EndToEnd.Tests.Support;

/// <summary>A running robot: its process, and the addresses that its banner named.</summary>
internal sealed class Robot(HostProcess process, Uri page, string venue)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Its process.</summary>
    public HostProcess Process { get; } = process;

    /// <summary>The address of its page.</summary>
    public Uri Page { get; } = page;

    /// <summary>The address of its venue.</summary>
    public string Venue { get; } = venue;

    /// <summary>Reads what the control API says.</summary>
    public async Task<JsonElement> AskAsync(string what)
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri(Page, "/api/v1/" + what)));
        return document.RootElement.Clone();
    }

    /// <summary>Reads a page, or anything else below the address, as text.</summary>
    public Task<string> ReadAsync(string path) => Http.GetStringAsync(new Uri(Page, path));

    /// <summary>Waits until a page, or anything else below the address, holds a text.</summary>
    public Task<string> WaitForTextAsync(string path, string text) =>
        WaitUntilAsync(() => ReadAsync(path), page => page.Contains(text, StringComparison.Ordinal), $"{path} never held '{text}'");

    /// <summary>Waits until the control API says what is wanted.</summary>
    public Task<JsonElement> WaitUntilAsync(string what, Func<JsonElement, bool> wanted, string words) =>
        WaitUntilAsync(() => AskAsync(what), wanted, $"{what} never said '{words}'");

    /// <summary>Waits until the control API answers at all: while an actor is away that has never answered, it says 503.</summary>
    public async Task<JsonElement> AnswerAsync(string what) =>
        (await WaitUntilAsync(() => TryAskAsync(what), answer => answer is not null, $"{what} was never answered"))!.Value;

    /// <summary>Waits until a symbol's position is in a state.</summary>
    public Task<JsonElement> PositionAsync(string symbol, string status) => WaitUntilAsync(
        "positions", positions => positions.EnumerateArray().Any(p => p.Text("symbol") == symbol && p.Text("status") == status), $"{symbol} {status}");

    private async Task<JsonElement?> TryAskAsync(string what)
    {
        try
        {
            return await AskAsync(what);
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }
    }

    private async Task<T> WaitUntilAsync<T>(Func<Task<T>> look, Func<T, bool> wanted, string inVain)
    {
        using var deadline = new CancellationTokenSource(HostProcess.Patience);
        // A question costs the robot work: not more than it can answer.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var answer = await look();
            if (wanted(answer))
                return answer;
            if (deadline.IsCancellationRequested)
                Assert.Fail($"{inVain}, but {answer}:{Environment.NewLine}{Process.Told()}");
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}

/// <summary>Reads JSON without a type of the host's, as another program would.</summary>
internal static class Json
{
    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static decimal Number(this JsonElement element, string name) => element.GetProperty(name).GetDecimal();

    public static long? Id(this JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : null;

    public static bool IsNull(this JsonElement element, string name) => element.GetProperty(name).ValueKind == JsonValueKind.Null;

    /// <summary>The name of a log entry's kind; false where it has none.</summary>
    public static bool TryEventName(this JsonElement entry, out string name)
    {
        name = entry.TryGetProperty("EventId", out var id) && id.TryGetProperty("Name", out var text) ? text.GetString()! : "";
        return name.Length > 0;
    }

    public static List<JsonElement> Array(string text)
    {
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateArray().Select(e => e.Clone())];
    }
}
