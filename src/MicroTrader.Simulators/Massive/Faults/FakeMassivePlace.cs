namespace MicroTrader.Simulators.Massive;

/// <summary>Where a fault can strike.</summary>
public enum FakeMassivePlace
{
    /// <summary>The snapshots of all, some or one ticker.</summary>
    Snapshot,

    /// <summary><c>/v1/marketstatus/now</c>.</summary>
    MarketStatus,

    /// <summary><c>/v1/marketstatus/upcoming</c>.</summary>
    UpcomingHolidays,

    /// <summary>A request to upgrade to the stream.</summary>
    SocketConnect,

    /// <summary>An auth action of a connection.</summary>
    SocketAuthentication,

    /// <summary>A subscribe action of a connection.</summary>
    SocketSubscription,

    /// <summary>A message with data that is due to a connection.</summary>
    SocketMessage,
}
