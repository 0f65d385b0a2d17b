using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MicroTrader.Dashboard.Endpoints;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard;

/// <summary>Puts the dashboard's pages on a host's routes.</summary>
public static class DashboardEndpoints
{
    /// <summary>
    /// Maps the page at <c>/</c> for GET and HEAD. It answers 200, or 503 where a part of the robot threw <see cref="TimeoutException"/>:
    /// the page then says which. <c>/?refresh=off</c> is the same page standing still. Needs <see cref="IRobotQueries"/> among the services;
    /// call <see cref="LoopbackHosts.UseLoopbackHostsOnly"/> first.
    /// </summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <returns>The same routes.</returns>
    public static IEndpointRouteBuilder MapMicroTraderDashboard(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints
            .MapMethods("/", [HttpMethods.Get, HttpMethods.Head], HomeEndpoint.AnswerAsync)
            .WithName("MicroTrader dashboard");
        return endpoints;
    }
}
