namespace MicroTrader.Host.Alerts;

/// <summary>Sends alerts as JSON to an address.</summary>
internal sealed class WebhookChannel(HttpClient client, Uri address, SecretRedactor redactor) : IAlertChannel
{
    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public async Task SendAsync(AlertMessage message, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(message, AlertJson.Default.AlertMessage) };
        await AlertHttp.SendAsync(client, request, redactor, stop);
    }
}
