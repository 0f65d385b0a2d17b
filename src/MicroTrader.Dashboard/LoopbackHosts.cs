using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MicroTrader.Dashboard.Security;

namespace MicroTrader.Dashboard;

/// <summary>Keeps strangers' web pages away from a host that listens on loopback.</summary>
public static class LoopbackHosts
{
    /// <summary>
    /// Refuses with 400 every request whose Host header is not <c>127.0.0.1</c>, <c>localhost</c> or <c>[::1]</c>, with any port or none.
    /// Without it a web page could have its own name resolve to 127.0.0.1 and read the pages and the API through the person's browser
    /// (DNS rebinding). Call it before anything that answers, and before anything that changes the request's host.
    /// Source: https://owasp.org/www-community/attacks/DNS_Rebinding.
    /// </summary>
    /// <param name="app">The host's pipeline.</param>
    /// <returns>The same pipeline.</returns>
    public static IApplicationBuilder UseLoopbackHostsOnly(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use((context, next) =>
        {
            if (LoopbackHostHeader.IsLoopback(context.Request.Headers.Host))
                return next(context);
            // The header is not echoed: nothing that a stranger chose goes into an answer.
            SecurityHeaders.Apply(context.Response);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(
                "Refused: the Host header must be 127.0.0.1, localhost or [::1], with any port.\n", context.RequestAborted);
        });
    }
}
