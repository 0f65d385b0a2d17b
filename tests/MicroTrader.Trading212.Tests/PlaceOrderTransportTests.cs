using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace MicroTrader.Trading212.Tests;

/// <summary>What each failure of the transport means for an order: the line is the hand-over of the body.</summary>
public sealed class PlaceOrderTransportTests
{
    [Fact]
    public async Task A_refused_connection_is_not_executed()
    {
        // A port that was free a moment ago, and has no listener.
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await AssertNeverLeftAsync(new Uri($"http://127.0.0.1:{port}/api/v0"), NotExecutedReason.ConnectionFailed);
    }

    [Fact]
    public Task A_host_without_an_address_is_not_executed() => AssertNeverLeftAsync(new Uri("https://broker.invalid/api/v0"), NotExecutedReason.NameResolutionFailed);

    [Fact]
    public async Task A_peer_that_does_not_speak_tls_is_not_executed()
    {
        await using RawServer server = RawServer.OfConnections(async connection =>
        {
            await connection.ReadSomeAsync();
            await connection.SendAsync("HTTP/1.1 400 this is no TLS\r\n\r\n"u8.ToArray());
            connection.Close();
        });

        await AssertNeverLeftAsync(new Uri($"https://127.0.0.1:{server.Port}/api/v0"), NotExecutedReason.TlsFailed);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_executed()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int plainBytes = 0;
        Task serving = Task.Run(async () =>
        {
            using TcpClient tcp = await listener.AcceptTcpClientAsync();
            await using SslStream tls = new(tcp.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(certificate);
                plainBytes = await tls.ReadAsync(new byte[100]);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client turned away, as it should.
            }
        });

        await AssertNeverLeftAsync(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/api/v0"), NotExecutedReason.TlsFailed);

        await serving;
        Assert.Equal(0, plainBytes);
    }

    [Fact]
    public async Task A_tls_handshake_that_hangs_is_not_executed_after_the_connect_timeout()
    {
        await using RawServer server = RawServer.OfConnections(connection => connection.HoldAsync());

        await AssertNeverLeftAsync(
            new Uri($"https://127.0.0.1:{server.Port}/api/v0"), NotExecutedReason.TimedOut, options => options with { ConnectTimeout = TimeSpan.FromMilliseconds(200) });
    }

    [Fact]
    public async Task Running_out_of_time_while_connecting_is_not_executed()
    {
        TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = RawServer.OfConnections(connection =>
        {
            connected.TrySetResult();
            return connection.HoldAsync();
        });
        FakeTimeProvider time = new();
        using Trading212Client client = new(server.Options(o => o with { BaseAddress = new Uri($"https://127.0.0.1:{server.Port}/api/v0"), ConnectTimeout = TimeSpan.FromHours(1) }), time);
        int handedOver = 0;

        Task<PlaceOrderResult> placing = client.PlaceMarketOrderAsync(Samples.Buy, () => handedOver++);
        await connected.Task;
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(NotExecutedReason.TimedOut, Assert.IsType<PlaceOrderResult.NotExecuted>(await placing).Reason);
        Assert.Equal(0, handedOver);
    }

    [Fact]
    public async Task Cancelled_before_the_hand_over_is_not_executed()
    {
        await using RawServer server = RawServer.Answering(200, Samples.NewOrder);
        using Trading212Client client = new(server.Options());
        int handedOver = 0;

        PlaceOrderResult result = await client.PlaceMarketOrderAsync(Samples.Buy, () => handedOver++, new CancellationToken(canceled: true));

        Assert.Equal(NotExecutedReason.Cancelled, Assert.IsType<PlaceOrderResult.NotExecuted>(result).Reason);
        Assert.Equal(0, handedOver);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Cancelled_while_connecting_is_not_executed()
    {
        using CancellationTokenSource cancel = new();
        await using RawServer server = RawServer.OfConnections(async connection =>
        {
            await cancel.CancelAsync();
            await connection.HoldAsync();
        });
        using Trading212Client client = new(server.Options(o => o with { BaseAddress = new Uri($"https://127.0.0.1:{server.Port}/api/v0") }));

        PlaceOrderResult result = await client.PlaceMarketOrderAsync(Samples.Buy, null, cancel.Token);

        Assert.Equal(NotExecutedReason.Cancelled, Assert.IsType<PlaceOrderResult.NotExecuted>(result).Reason);
    }

    [Fact]
    public async Task Cancelled_at_the_hand_over_is_unknown()
    {
        await using RawServer server = RawServer.Of((_, connection) => connection.HoldAsync());
        using Trading212Client client = new(server.Options());
        using CancellationTokenSource cancel = new();

        PlaceOrderResult result = await client.PlaceMarketOrderAsync(Samples.Buy, cancel.Cancel, cancel.Token);

        Assert.IsType<PlaceOrderResult.Unknown>(result);
    }

    [Fact]
    public async Task Cancelled_after_the_hand_over_is_unknown_and_no_exception()
    {
        using CancellationTokenSource cancel = new();
        await using RawServer server = RawServer.Of(async (_, connection) =>
        {
            await cancel.CancelAsync();
            await connection.HoldAsync();
        });
        using Trading212Client client = new(server.Options());

        PlaceOrderResult.Unknown unknown = Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy, null, cancel.Token));

        Assert.Null(unknown.StatusCode);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_closed_after_the_body_is_unknown_and_nothing_is_repeated(bool reset)
    {
        await using RawServer server = RawServer.Of((_, connection) =>
        {
            if (reset)
                connection.Reset();
            else
                connection.Close();
            return Task.CompletedTask;
        });
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 5 }));
        int handedOver = 0;

        PlaceOrderResult.Unknown unknown = Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(Samples.Buy, () => handedOver++));

        Assert.Null(unknown.StatusCode);
        Assert.Equal(1, handedOver);
        Assert.Single(server.Requests);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Running_out_of_time_after_the_hand_over_is_unknown()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = RawServer.Of((_, connection) =>
        {
            arrived.SetResult();
            return connection.HoldAsync();
        });
        FakeTimeProvider time = new();
        using Trading212Client client = new(server.Options(o => o with { WriteTimeout = TimeSpan.FromSeconds(10) }), time);

        Task<PlaceOrderResult> placing = client.PlaceMarketOrderAsync(Samples.Buy);
        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(placing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.IsType<PlaceOrderResult.Unknown>(await placing);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Running_out_of_time_in_the_middle_of_the_answer_is_unknown_with_its_status()
    {
        FakeTimeProvider time = new();
        await using RawServer server = RawServer.Of(async (_, connection) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":12"u8.ToArray());
            await connection.HoldAsync();
        });
        RecordingObserver observer = new();
        using Trading212Client client = new(server.Options(), time, observer);

        Task<PlaceOrderResult> placing = client.PlaceMarketOrderAsync(Samples.Buy);
        // The head may be still on its way: time is moved on until the call ends.
        while (!placing.IsCompleted)
        {
            if (!server.Requests.IsEmpty)
                time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.IsType<PlaceOrderResult.Unknown>(await placing);
        Assert.Equal(HttpExchangeOutcome.TimedOut, Assert.Single(observer.Exchanges).Outcome);
    }

    [Fact]
    public async Task Disposing_the_client_after_the_hand_over_is_unknown()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = RawServer.Of((_, connection) =>
        {
            arrived.SetResult();
            return connection.HoldAsync();
        });
        Trading212Client client = new(server.Options());
        Task<PlaceOrderResult> placing = client.PlaceMarketOrderAsync(Samples.Buy);
        await arrived.Task;

        client.Dispose();

        Assert.IsType<PlaceOrderResult.Unknown>(await placing);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.PlaceMarketOrderAsync(Samples.Buy));
    }

    [Fact]
    public async Task A_callback_that_throws_holds_the_body_back()
    {
        await using RawServer server = RawServer.Answering(200, Samples.NewOrder);
        using Trading212Client client = new(server.Options());

        PlaceOrderResult result = await client.PlaceMarketOrderAsync(Samples.Buy, () => throw new InvalidOperationException("the journal is gone"));

        PlaceOrderResult.NotExecuted refused = Assert.IsType<PlaceOrderResult.NotExecuted>(result);
        Assert.Equal(NotExecutedReason.HandOverRefused, refused.Reason);
        Assert.Contains("the journal is gone", refused.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static async Task AssertNeverLeftAsync(Uri address, NotExecutedReason reason, Func<Trading212Options, Trading212Options>? change = null)
    {
        Trading212Options options = new() { BaseAddress = address, ApiKey = TestKeys.Key, ApiSecret = TestKeys.Secret, UseSystemProxy = false };
        RecordingObserver observer = new();
        using Trading212Client client = new(change is null ? options : change(options), observer: observer);
        int handedOver = 0;

        PlaceOrderResult.NotExecuted result = Assert.IsType<PlaceOrderResult.NotExecuted>(await client.PlaceMarketOrderAsync(Samples.Buy, () => handedOver++));

        Assert.Equal(reason, result.Reason);
        Assert.Null(result.Info);
        Assert.Equal(0, handedOver);
        Assert.Null(Assert.Single(observer.Exchanges).HandedOverTimestamp);
        TestKeys.AssertAbsent(result.ToString());
    }
}
