using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Health.Looking;

/// <summary>Finds out how something is that has to be asked.</summary>
internal interface IHealthLook
{
    /// <summary>How long what was found serves.</summary>
    TimeSpan MaxAge { get; }

    /// <summary>How long a look that begins now may take; longer than whoever asks may wait.</summary>
    TimeSpan Patience { get; }

    /// <summary>How it is by what is known already; null where it has to be asked. Asks nobody.</summary>
    HealthCheckResult? Known();

    /// <summary>Asks. Told to stop when its patience is over.</summary>
    Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken);

    /// <summary>What is said while it is asked and takes its time.</summary>
    /// <param name="since">For how long it has been asked.</param>
    HealthCheckResult Late(TimeSpan since);
}
