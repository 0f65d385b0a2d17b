using Microsoft.AspNetCore.Http;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>A request to the venue, whatever carries it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, decoded.</param>
/// <param name="Query">The query's parameters.</param>
/// <param name="Authorization">The header of that name; null where it is absent.</param>
/// <param name="ReadBody">Takes the whole body; called once, and not for a path that does not exist.</param>
internal sealed record PaperRequest(string Method, string? Path, IQueryCollection Query, string? Authorization, Func<Task<byte[]>> ReadBody);
