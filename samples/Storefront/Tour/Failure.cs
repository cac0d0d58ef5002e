namespace Storefront.Tour;

/// <summary>Runs what has to fail: a tour that shows a refusal must not pass when there was none.</summary>
internal static class Failure
{
    public static async Task<TException> OfAsync<TException>(Func<Task> step)
        where TException : Exception
    {
        try
        {
            await step();
        }
        catch (TException expected)
        {
            return expected;
        }

        throw new InvalidOperationException($"The step should have ended in {typeof(TException).Name}, but it succeeded.");
    }
}
