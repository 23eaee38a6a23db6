using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tests.Runtime;

public sealed class SequencePoolTests
{
    private static readonly int[] Prompt = [1, 2, 3, 4, 5];
    private readonly SequencePool _pool = new(2);
    private readonly PrefixKey _doctors = new("17", "doctors");

    [Fact]
    public void A_prompt_under_the_same_key_shares_its_longest_begin()
    {
        Hold(_doctors, [1, 2, 9]);
        var holder = Hold(_doctors, [1, 2, 3, 9]);

        Assert.Equal((holder, 3), _pool.Take(Prompt, _doctors));
    }

    [Fact]
    public void The_last_token_of_a_prompt_is_read_again()
    {
        var holder = Hold(_doctors, [1, 2, 3, 4, 5, 6]);

        Assert.Equal((holder, 4), _pool.Take(Prompt, _doctors));
    }

    [Theory]
    [InlineData("17", "nurses")]
    [InlineData("18", "doctors")]
    public void Another_set_of_permissions_and_another_generation_share_nothing(string generation, string permissions)
    {
        Hold(_doctors, Prompt);
        Hold(_doctors, Prompt);

        Assert.Equal(0, _pool.Take(Prompt, new PrefixKey(generation, permissions)).Shared);
    }

    [Fact]
    public void Requests_without_a_key_share_nothing()
    {
        Hold(key: null, Prompt);
        Hold(key: null, Prompt);

        Assert.Equal(0, _pool.Take(Prompt, key: null).Shared);
    }

    [Fact]
    public void A_sequence_in_use_is_not_shared()
    {
        Hold(_doctors, Prompt);
        var (index, _) = _pool.Take(Prompt, _doctors);
        var (other, shared) = _pool.Take(Prompt, _doctors);

        Assert.NotEqual(index, other);
        Assert.Equal(0, shared);
        Assert.False(_pool.HasFree);
    }

    [Fact]
    public void What_has_been_free_for_longest_is_overwritten_first()
    {
        var first = Hold(_doctors, [7]);
        var second = Hold(_doctors, [8]);

        Assert.NotEqual(first, second);
        Assert.Equal(first, _pool.Take(Prompt, key: null).Index);
    }

    private int Hold(PrefixKey? key, int[] tokens)
    {
        var (index, _) = _pool.Take([0], key: null);
        _pool.Return(index, key, tokens);
        return index;
    }
}
