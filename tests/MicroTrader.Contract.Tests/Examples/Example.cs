using MicroTrader.Trading212;
using MicroTrader.Trading212.Tests;

namespace MicroTrader.Contract.Tests;

/// <summary>
/// Our own recorded answers: made from the facts that people report of the real venue and from the paper broker's answers, and free of anybody's keys and holdings. A file
/// whose name starts with "quirk" holds what has been seen, or must be expected, against the description.
/// </summary>
internal static class Example
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Examples");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>Has the client read a file as the body of a 200, over a real socket.</summary>
    public static async Task<T> ReadAsync<T>(string name, Func<Trading212Client, Task<ReadResult<T>>> read)
    {
        ReadResult<T> result = await AnswerAsync(200, Text(name), read);
        return Assert.IsType<ReadResult<T>.Success>(result).Value;
    }

    /// <summary>Has the client read an answer, over a real socket.</summary>
    public static async Task<T> AnswerAsync<T>(int status, string body, Func<Trading212Client, Task<T>> call)
    {
        await using RawServer server = RawServer.Answering(status, body, "Content-Type: application/json");
        using Trading212Client client = new(server.Options());
        return await call(client);
    }
}
