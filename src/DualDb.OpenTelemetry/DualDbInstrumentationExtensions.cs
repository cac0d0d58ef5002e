using DualDb.OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

// Where those who configure OpenTelemetry have a using already.
namespace OpenTelemetry;

/// <summary>Has OpenTelemetry take up what the libraries measure and trace.</summary>
public static class DualDbInstrumentationExtensions
{
    /// <summary>Takes up metrics and traces: <c>services.AddOpenTelemetry().AddDualDbInstrumentation()</c>.</summary>
    /// <param name="builder">Configures OpenTelemetry.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static T AddDualDbInstrumentation<T>(this T builder)
        where T : IOpenTelemetryBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithMetrics(static metrics => metrics.AddDualDbInstrumentation());
        builder.WithTracing(static tracing => tracing.AddDualDbInstrumentation());
        return builder;
    }

    /// <summary>Takes up the metrics, with an exemplar of a sampled trace in each bucket of a duration: from a slow bucket to the trace that fell into it.</summary>
    /// <param name="builder">Configures metrics.</param>
    /// <param name="withExemplars">Whether exemplars are taken, of all metrics of the provider.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static MeterProviderBuilder AddDualDbInstrumentation(this MeterProviderBuilder builder, bool withExemplars = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddMeter([.. DualDbInstrumentation.Meters]);
        return withExemplars ? builder.SetExemplarFilter(ExemplarFilterType.TraceBased) : builder;
    }

    /// <summary>Takes up the traces: calls, statements, requests over REST, loads of the cache, handlers of events, sagas, and changes applied on the other side, the last three linked to where they come from. Failures are told by type and SQLSTATE, never by a message, which may quote values.</summary>
    /// <param name="builder">Configures traces.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static TracerProviderBuilder AddDualDbInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        StatementFailures.Listen();
        return builder.AddSource([.. DualDbInstrumentation.ActivitySources]);
    }
}
