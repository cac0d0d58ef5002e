using System.Globalization;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Consistency.Events;

namespace DualDb.Commands.OutboxCommands;

/// <summary>A delivery as lists name it: <c>neon/42</c>.</summary>
internal static class LetterId
{
    public static string Of(DeadLetter letter) => string.Create(CultureInfo.InvariantCulture, $"{JsonText.Of(letter.Source)}/{letter.Id}");

    /// <summary>Finds a delivery.</summary>
    /// <exception cref="UsageException">The text names none.</exception>
    /// <exception cref="RefusedException">There is none of that name.</exception>
    public static async Task<DeadLetter> RequireAsync(CommandCall call, string text, CancellationToken cancellationToken)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || text[..slash] is not ("neon" or "supabase")
            || !long.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new UsageException($"'{text}' names no delivery. Write the database and the number, as 'dualdb outbox list' shows them: neon/42.");
        }

        var source = text.StartsWith('n') ? Database.Neon : Database.Supabase;
        return await call.Target.DeadLetters.FindAsync(source, number, cancellationToken).ConfigureAwait(false)
            ?? throw new RefusedException($"There is no delivery {text} that did not succeed: it was delivered, discarded, or never there.");
    }
}
