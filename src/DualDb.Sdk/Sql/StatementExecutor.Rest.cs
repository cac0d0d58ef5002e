using DualDb.Diagnostics.Calls;
using DualDb.Rest;

namespace DualDb.Sql;

// Statements that are sent to PostgREST instead.
internal sealed partial class StatementExecutor
{
    private async ValueTask<TResult> ExecuteOverRestAsync<TStatement, TResult>(TStatement statement, RestTable rest, CancellationToken cancellationToken)
        where TStatement : struct, IStatement<TResult>
    {
        using var activity = StatementActivity.Start(entity, statement.Operation, "REST " + entity.Table);
        var began = CallTiming.Begin(database);
        try
        {
            return Succeed(statement, began, await statement.RunAsync(rest, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Fail(activity, began, exception, statement.Operation);
        }
    }
}
