using System.Globalization;
using Microsoft.Data.Sqlite;
using MicroTrader.Simulators.Paper.Core;
using MicroTrader.Simulators.Paper.Store;

namespace MicroTrader.Simulators.Paper;

/// <summary>Opens the books of all configured accounts in one file: reads those that are there, makes the others.</summary>
internal static class PaperBooks
{
    /// <exception cref="PaperBrokerException">The file belongs to other accounts, or an account has another currency, or it cannot be written.</exception>
    public static IReadOnlyList<VenueState> Open(PaperBrokerOptions options, PaperStore store)
    {
        var known = store.Accounts();
        var configured = options.EffectiveAccounts;
        if (known.Count > 0 && !known.Any(k => configured.Any(c => c.AccountId == k.AccountId)))
        {
            throw Belongs(options, known[0], configured[0]);
        }

        foreach (var account in configured)
        {
            if (known.FirstOrDefault(k => k.AccountId == account.AccountId) is { } books && books.Currency != account.Currency)
            {
                throw Belongs(options, books, account);
            }
        }

        try
        {
            var states = new List<VenueState>();
            var slot = known.Count;
            foreach (var account in configured)
            {
                states.Add(Open(options, store, account, ref slot));
            }

            return states;
        }
        catch (SqliteException exception)
        {
            throw new PaperBrokerException($"Paper broker file {options.DatabasePath} cannot be written: {exception.Message}", exception);
        }
    }

    private static VenueState Open(PaperBrokerOptions options, PaperStore store, PaperAccountOptions account, ref int slot)
    {
        var now = options.TimeProvider.GetUtcNow();
        if (store.Load(account.AccountId) is not { } state)
        {
            var opening = CorporateDesk.Open(account, slot++, null, now);
            store.Commit(opening);
            state = new VenueState(opening.Account);
            state.Apply(opening);
        }
        else if (options.Reset)
        {
            var emptying = CorporateDesk.Open(account, slot, state.Account, now);
            store.Commit(emptying);
            state.Apply(emptying);
        }

        return state;
    }

    private static PaperBrokerException Belongs(PaperBrokerOptions options, VenueAccount books, PaperAccountOptions account) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Paper broker file {options.DatabasePath} belongs to account {books.AccountId} in {books.Currency}, not to {account.AccountId} in {account.Currency}; give that account or another file."));
}
