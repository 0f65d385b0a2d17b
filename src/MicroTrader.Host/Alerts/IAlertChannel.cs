namespace MicroTrader.Host.Alerts;

/// <summary>A way to tell a person.</summary>
internal interface IAlertChannel
{
    /// <summary>What messages call it.</summary>
    string Name { get; }

    /// <summary>Sends one message, once.</summary>
    /// <exception cref="AlertFailedException">It did not get through, and may later.</exception>
    /// <exception cref="AlertRefusedException">It was refused: sending it again changes nothing.</exception>
    Task SendAsync(AlertMessage message, CancellationToken stop);
}

/// <summary>A message did not get through; it may later. The text holds no secret.</summary>
internal sealed class AlertFailedException(string message, TimeSpan? retryAfter = null) : Exception(message)
{
    /// <summary>How long the other side asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>A message was refused: sending it again changes nothing. The text holds no secret.</summary>
internal sealed class AlertRefusedException(string message) : Exception(message);
