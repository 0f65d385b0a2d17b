using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace MicroTrader.Host.Api;

/// <summary>How much of the process that trades the API may take: calls at the same time are limited, further ones wait their turn, and too many are told so.</summary>
internal static class ApiLimits
{
    /// <summary>The limit's name.</summary>
    public const string Policy = "api";

    private const int AtOnce = 16;
    private const int Waiting = 400;

    /// <summary>Adds the limit.</summary>
    public static IServiceCollection AddApiLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
        options.AddConcurrencyLimiter(Policy, limit =>
        {
            limit.PermitLimit = AtOnce;
            limit.QueueLimit = Waiting;
            limit.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
        });
        options.OnRejected = async (rejected, stop) =>
        {
            var response = rejected.HttpContext.Response;
            response.Headers.RetryAfter = "1";
            await response.WriteAsJsonAsync(new ApiProblem("too many calls at once; try again in a moment"), HostJson.Default.ApiProblem, cancellationToken: stop);
        };
    });
}
