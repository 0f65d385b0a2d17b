using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MicroTrader.Simulators.Http;

/// <summary>Kestrel alone on 127.0.0.1, without a host: a host would take Ctrl+C for itself and read settings that are not ours.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    // Requests in flight at the stop get this long; a delayed answer is let go at once.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly KestrelServer _server;
    private readonly ServiceProvider _services;

    private LoopbackServer(KestrelServer server, ServiceProvider services)
    {
        _server = server;
        _services = services;
        Port = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
    }

    public int Port { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="port">0 for a free one.</param>
    /// <param name="application">What answers.</param>
    /// <param name="complain">
    /// Makes the exception that is thrown when the port cannot be listened on, of the reason: what was wrong and what is allowed, without the name of the setting.
    /// </param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static async Task<LoopbackServer> StartAsync(
        int port, IHttpApplication<HttpContext> application, Func<string, Exception, Exception> complain, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        var kestrel = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        kestrel.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(application, cancellationToken);
            return new LoopbackServer(server, services);
        }
        catch (Exception exception)
        {
            server.Dispose();
            await services.DisposeAsync();
            if (exception is IOException or SocketException)
            {
                throw complain(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"127.0.0.1:{port} cannot be listened on ({exception.Message.TrimEnd('.')}); give another port, or 0 for a free one."),
                    exception);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(StopPatience))
        {
            await _server.StopAsync(patience.Token);
        }

        _server.Dispose();
        await _services.DisposeAsync();
    }
}
