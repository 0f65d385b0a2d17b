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
    public async Task WaitForTextAsync(string path, string text)
    {
        using var deadline = new CancellationTokenSource(HostProcess.Patience);
        while (!(await ReadAsync(path)).Contains(text, StringComparison.Ordinal))
        {
            if (deadline.IsCancellationRequested)
                Assert.Fail($"{path} never held '{text}':{Environment.NewLine}{Process.Told()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    /// <summary>Waits until the control API says what is wanted.</summary>
    public async Task<JsonElement> WaitUntilAsync(string what, Func<JsonElement, bool> wanted, string words)
    {
        using var deadline = new CancellationTokenSource(HostProcess.Patience);
        while (true)
        {
            var answer = await AskAsync(what);
            if (wanted(answer))
                return answer;
            if (deadline.IsCancellationRequested)
                Assert.Fail($"{what} never said '{words}', but {answer}:{Environment.NewLine}{Process.Told()}");
            // A question costs the robot work: not more than it can answer.
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    /// <summary>Waits until a symbol's position is in a state.</summary>
    public Task<JsonElement> PositionAsync(string symbol, string status) => WaitUntilAsync(
        "positions", positions => positions.EnumerateArray().Any(p => p.Text("symbol") == symbol && p.Text("status") == status), $"{symbol} {status}");
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
