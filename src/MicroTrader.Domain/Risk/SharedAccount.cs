namespace MicroTrader.Domain.Risk;

/// <summary>Another program trades the account, and no person has allowed entries again since: two who trade one account cannot tell their shares apart.</summary>
/// <param name="Detail">Its newest orders, in words.</param>
/// <param name="Since">When the first of them was seen, by the robot's clock.</param>
public sealed record SharedAccount(string Detail, DateTimeOffset Since)
{
    /// <summary>What is left to the person, in words.</summary>
    public const string Asks = "No entries; what is held leaves by its rules. This robot must be alone on its account: resume when it is";
}
