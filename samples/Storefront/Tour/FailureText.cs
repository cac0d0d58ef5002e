namespace Storefront.Tour;

internal static class FailureText
{
    /// <summary>The exception's type and what it says, as a step shows it.</summary>
    public static Outcome Describe(this Exception failure) => $"{failure.GetType().Name}: {failure.Message}";
}
