using System.Text;
using DualDb.Connections;
using DualDb.Errors;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>What a failed attempt says about the next one.</summary>
internal enum FailureVerdict
{
    /// <summary>It may succeed the next time, and is one of those after which it is given up.</summary>
    Counts = 0,

    /// <summary>It says nothing about the step: a database could not be reached, or did not say whether it has committed.</summary>
    SaysNothing,

    /// <summary>The next one would fail alike.</summary>
    Final,
}

/// <summary>Judges failed attempts.</summary>
internal static class FailureVerdicts
{
    public static FailureVerdict Of(Exception exception) => exception switch
    {
        SagaAbortException or ConstraintViolationException or InvalidEntityException or SagaPayloadException => FailureVerdict.Final,
        DatabaseUnavailableException or CommitOutcomeUnknownException or SchemaVersionException => FailureVerdict.SaysNothing,
        _ when TransientErrors.IsConnectionBroken(exception) => FailureVerdict.SaysNothing,

        // A later version of the library, or of the application, has altered a table: each connection finds that once.
        DatabaseErrorException { InnerException: { } cause } when TransientErrors.IsStalePlan(cause) => FailureVerdict.SaysNothing,
        _ when TransientErrors.IsStalePlan(exception) => FailureVerdict.SaysNothing,
        _ => FailureVerdict.Counts,
    };

    /// <summary>Whether the attempt left no doubt that it has not taken effect.</summary>
    /// <param name="exception">What it raised.</param>
    /// <param name="work">What was tried.</param>
    public static bool IsAnswer(Exception exception, SagaWork work)
        => exception is SagaAbortException || (work.Target is not null && exception is not CommitOutcomeUnknownException);

    /// <summary>The failure as it is kept: type and message.</summary>
    public static string Describe(Exception exception)
    {
        const int MaxLength = 4000;
        var text = $"{exception.GetType().Name}: {ServerWords.Of(exception)}".Replace('\0', '?');

        // By way of bytes: half of a surrogate pair, which a cut may leave too, could not be stored, and then nor could the failure.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length <= MaxLength ? text : text[..MaxLength]));
    }
}
