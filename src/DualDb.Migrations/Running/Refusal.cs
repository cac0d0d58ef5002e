using DualDb.Migrations.Moving;

namespace DualDb.Migrations.Running;

/// <summary>An exception that ends a run and leaves things as an earlier run has left them: also tables that nobody can write.</summary>
internal interface IRefusal
{
    /// <summary>The tables that take writes in neither database.</summary>
    IReadOnlyList<StoppedWrites> StoppedWrites { get; set; }
}

/// <summary>Says with a refusal what is stopped: whoever reads it may not know that the application waits for it.</summary>
internal static class Refusal
{
    /// <summary>Looks for tables that take writes in neither database, and lets the exception tell them.</summary>
    public static async Task TellAsync(IRefusal refusal, IDualDatabase root, CancellationToken cancellationToken)
    {
        try
        {
            refusal.StoppedWrites = await StoppedTables.FindAsync(root.Neon, root.Supabase, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The refusal itself is what is told then.
        }
    }

    /// <summary>The message with what is stopped.</summary>
    public static string Text(string message, IReadOnlyList<StoppedWrites> stopped) => message + string.Concat(stopped.Select(static one => $"\nMind that {one}."));
}
