using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MicroTrader.Simulators.Http;

/// <summary>What answers on a <see cref="LoopbackServer"/>: a request's context is made anew, and nothing of it outlives the answer.</summary>
internal abstract class LocalApplication : IHttpApplication<HttpContext>
{
    /// <inheritdoc/>
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    /// <inheritdoc/>
    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    /// <inheritdoc/>
    public abstract Task ProcessRequestAsync(HttpContext context);
}
