using DualDb.Consistency.Events.Schema;
using DualDb.Consistency.Schema;
using DualDb.Transactions;
using Npgsql;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>The events of a transaction, which are written by its commit: no round trip of their own, and numbers close to the order of commits.</summary>
internal sealed class TransactionEvents(DatabaseTransaction transaction) : CommitPart
{
    private readonly List<OutgoingEvent> _events = [];

    public override int Count => _events.Count;

    public void Add(OutgoingEvent outgoing) => _events.Add(outgoing);

    public override void TakeBack(int count) => _events.RemoveRange(count, _events.Count - count);

    public override void AddTo(NpgsqlBatch batch) => batch.BatchCommands.Add(OutboxInsert.Command(_events));

    public override void Committed() => Wake();

    public override void Suspected() => Wake();

    public override Exception? Explain(Exception exception) => OutboxFailure.Explain(exception, transaction.Database);

    private void Wake()
    {
        if (_events.Count > 0 && transaction.Origin is { } database)
        {
            OutboxSignal.Of(database).Raise();
        }
    }
}
