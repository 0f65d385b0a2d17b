namespace MicroTrader.MarketData;

/// <summary>Takes what a message holds, event by event.</summary>
internal interface IStreamSink
{
    /// <summary>A trade, a quote or an aggregate, not judged yet.</summary>
    void OnEvent(in StreamEvent e);

    /// <summary>The server says something of the connection.</summary>
    void OnStatus(string status, string message);

    /// <summary>A part of a message that is no event.</summary>
    void OnMalformed();
}
