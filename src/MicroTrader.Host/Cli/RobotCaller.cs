using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary>Calls a robot's control API. Whatever goes wrong is one line.</summary>
internal sealed class RobotCaller : IDisposable
{
    private const int LongestWords = 200;

    // The robot gives up its own questions well before.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // A robot is on this machine: no proxy may come between, and none of its answers leads elsewhere.
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Shown to the robot; empty for none.</summary>
    public string Token { get; set; } = "";

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Asks.</summary>
    /// <param name="robot">The robot's page.</param>
    /// <param name="method">GET where nothing changes.</param>
    /// <param name="path">The path below the API's.</param>
    /// <param name="type">The answer's shape.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="patience">How long to wait; null for as long as an answer usually may take.</param>
    /// <exception cref="StartException">Nobody answers, or not as a robot does.</exception>
    public async Task<T> AskAsync<T>(Uri robot, HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken stop, TimeSpan? patience = null)
    {
        var longest = patience ?? Patience;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(longest);
        using var request = Request(method, robot, path);
        try
        {
            using var response = await _client.SendAsync(request, deadline.Token);
            var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
            // A command that was not done answers 409 (400 where its symbol is none), in the same shape.
            if (isJson && (response.IsSuccessStatusCode || (type.Type == typeof(CommandResult) && (int)response.StatusCode is 400 or 409)))
                return await response.Content.ReadFromJsonAsync(type, deadline.Token) ?? throw new StartException($"{robot}: its answer is empty");
            var words = await response.Content.ReadAsStringAsync(deadline.Token);
            throw new StartException(response.IsSuccessStatusCode
                ? $"{robot}: what answers there is no robot"
                : $"{robot}: answered {(int)response.StatusCode}: {(isJson ? Problem(words) : FirstLine(words))}");
        }
        catch (HttpRequestException e)
        {
            throw new StartException($"no robot is running (nobody answers at {robot}: {FirstLine(e.Message)})");
        }
        catch (JsonException)
        {
            throw new StartException($"{robot}: what answers there is no robot of this version");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new StartException($"{robot}: no answer within {longest.TotalSeconds} s{(method == HttpMethod.Get ? "" : "; it may be done or not, status tells")}");
        }
    }

    /// <summary>The mode of the robot at an address; null where none answers. A robot that is too busy to say it has the mode <c>?</c>.</summary>
    public async Task<string?> ModeAsync(Uri robot, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Patience);
        try
        {
            using var request = Request(HttpMethod.Get, robot, "status");
            using var response = await _client.SendAsync(request, deadline.Token);
            // One that asks for a token says so when it is asked for more.
            if ((int)response.StatusCode is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status401Unauthorized)
                return "?";
            return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync(HostJson.Default.RobotStatus, deadline.Token))?.Mode : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            // Nobody there, or another program: a host that was killed does not take its address back.
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "?";
        }
    }

    private HttpRequestMessage Request(HttpMethod method, Uri robot, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(robot, "/api/v1/" + path));
        request.Headers.Add(ControlApi.ChangeHeader, "command line");
        if (Token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return request;
    }

    private static string Problem(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, HostJson.Default.ApiProblem)?.Error ?? FirstLine(json);
        }
        catch (JsonException)
        {
            return FirstLine(json);
        }
    }

    private static string FirstLine(string text)
    {
        var line = text.Trim().Split('\n')[0].Trim();
        return line.Length > LongestWords ? line[..LongestWords] + "..." : line;
    }
}
