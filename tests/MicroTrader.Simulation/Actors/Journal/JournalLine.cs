namespace MicroTrader.Simulation.Actors.Journal;

/// <summary>A fact as it is stored: bytes under a name.</summary>
internal sealed record JournalLine(string PersistenceId, long SequenceNr, int SerializerId, string Manifest, byte[] Bytes, string Writer);
